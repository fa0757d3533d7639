"""Where uploads lie: one object a case and SHA-256, in any store that fsspec reaches."""

from __future__ import annotations

import hashlib
import secrets

import fsspec

from casefile.errors import FileGone


class UploadStore:
    """The files that merchants sent."""

    def __init__(self, url: str) -> None:
        self._fs, self._root = fsspec.core.url_to_fs(url)

    @staticmethod
    def name(content: bytes) -> str:
        """The name under which these bytes lie: their SHA-256 in hex."""
        return hashlib.sha256(content).hexdigest()

    def put(self, case_id: str, content: bytes) -> str:
        """Store the bytes once; their SHA-256 in hex."""
        sha256 = self.name(content)
        path = self._path(case_id, sha256)
        if not self._fs.exists(path):
            self._fs.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
            partial = f"{path}.part"
            with self._fs.open(partial, "wb") as out:
                out.write(content)
            self._fs.mv(partial, path)
        return sha256

    def get(self, case_id: str, sha256: str) -> bytes:
        """The bytes.

        Raises:
            FileGone: They were erased.
        """
        try:
            with self._fs.open(self._path(case_id, sha256), "rb") as file:
                content: bytes = file.read()
        except FileNotFoundError as error:
            raise FileGone(sha256) from error
        return content

    def delete(self, case_id: str, sha256: str) -> None:
        """Erase the bytes; nothing happens when they are gone already."""
        path = self._path(case_id, sha256)
        if self._fs.exists(path):
            self._fs.rm(path)

    def try_out(self) -> None:
        """Write a trial file, read it back and erase it; nothing is left.

        Raises:
            OSError: The store refused, or gave back something else; clients raise others too.
        """
        content = secrets.token_bytes(16)
        path = f"{self._root}/trial-{content.hex()}"
        try:
            with self._fs.open(path, "wb") as out:
                out.write(content)
            with self._fs.open(path, "rb") as file:
                if file.read() != content:
                    raise OSError("it gave back something else than it took")
        finally:
            if self._fs.exists(path):
                self._fs.rm(path)

    def _path(self, case_id: str, sha256: str) -> str:
        return f"{self._root}/{case_id}/{sha256}"
