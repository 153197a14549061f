"""The textbook pipelines, whole: a text cut every 1,000 characters, and the nearest chunks by vectors or by BM25.

The baselines for answers: what one gets from the first page of any tutorial. They have no notion of a question that
the text does not answer, so they never decline.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import bm25s
import chromadb
import numpy as np
from chromadb.config import Settings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from knowledge.library.embeddings import MINILM, open_embeddings

CHUNK, OVERLAP = 1000, 200
COLLECTION = "textbook"
Find = Callable[[str, int], Sequence[str]]


def build_textbook(text: str, folder: Path, model: str = MINILM) -> Find:
    """Index a text in `folder`; what is given back finds the `k` nearest chunks to a question, the nearest first."""
    embeddings = open_embeddings(model)
    chunks = cut_chunks(text)
    client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    collection = client.create_collection(COLLECTION, embedding_function=None)
    vectors = np.array(embeddings.embed_documents(chunks), np.float32)
    collection.add(ids=[str(place) for place in range(len(chunks))], embeddings=list(vectors), documents=chunks)

    def find_chunks(question: str, k: int) -> Sequence[str]:
        found = collection.query(query_embeddings=np.array([embeddings.embed_query(question)], np.float32), n_results=k)
        return (found["documents"] or [[]])[0]

    return find_chunks


def build_bm25(text: str) -> Find:
    """Index a text by its words alone, as the tutorial of `bm25s` does; chunks that share no word are not found."""
    chunks = cut_chunks(text)
    index = bm25s.BM25()
    index.index(bm25s.tokenize(chunks, stopwords="en", show_progress=False), show_progress=False)

    def find_chunks(question: str, k: int) -> Sequence[str]:
        asked = bm25s.tokenize(question, stopwords="en", return_ids=False, show_progress=False)[0]
        known = [word for word in asked if word in index.vocab_dict]
        if not known:
            return []
        scores = index.get_scores(known)
        return [chunks[place] for place in np.argsort(-scores, kind="stable")[:k] if scores[place] > 0]

    return find_chunks


def cut_chunks(text: str) -> list[str]:
    """A text every 1,000 characters or at the nearest gap before, 200 of them twice."""
    return RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP).split_text(text)
