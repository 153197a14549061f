"""The textbook pipeline, whole: a text cut every 1,000 characters, MiniLM vectors, Chroma, the nearest chunks.

The baseline for answers: what one gets from the first page of any tutorial. It has no notion of a question that the
text does not answer, so it never declines.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import chromadb
import numpy as np
from chromadb.config import Settings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from knowledge.library.embeddings import MINILM, open_embeddings

CHUNK, OVERLAP = 1000, 200
COLLECTION = "textbook"


def build_textbook(text: str, folder: Path) -> Callable[[str, int], Sequence[str]]:
    """Index a text in `folder`; what is given back finds the `k` nearest chunks to a question, the nearest first."""
    embeddings = open_embeddings(MINILM)
    chunks = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP).split_text(text)
    client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    collection = client.create_collection(COLLECTION, embedding_function=None)
    vectors = np.array(embeddings.embed_documents(chunks), np.float32)
    collection.add(ids=[str(place) for place in range(len(chunks))], embeddings=list(vectors), documents=chunks)

    def find_chunks(question: str, k: int) -> Sequence[str]:
        found = collection.query(query_embeddings=np.array([embeddings.embed_query(question)], np.float32), n_results=k)
        return (found["documents"] or [[]])[0]

    return find_chunks
