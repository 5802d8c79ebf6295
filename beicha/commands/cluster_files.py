"""The files of several processes behind nginx: its configuration, and units with which a machine starts them."""

import os
import secrets
import shutil
import sys
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "data" / "deploy"
SECRET_BYTES = 32
UNITS = ("beicha@.service", "beicha.target", "beicha-nginx.service", "beicha-backup.service", "beicha-backup.timer")
MADE = "Made by manage.py cluster: change the command, not this file."


@dataclass(frozen=True)
class Shape:
    """So many processes at the ports behind nginx's own; ``folder`` holds what belongs to all of them."""

    processes: int
    host: str
    port: int
    folder: Path

    @property
    def ports(self) -> tuple[int, ...]:
        """The ports of the processes, on this machine alone."""
        return tuple(range(self.port + 1, self.port + 1 + self.processes))

    @property
    def listen(self) -> str:
        """Where nginx listens."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def nginx() -> str | None:
    """The nginx of this machine; None where there is none."""
    return shutil.which("nginx") or shutil.which("nginx", path=os.pathsep.join(("/usr/sbin", "/usr/local/sbin")))


def write_nginx(shape: Shape) -> Path:
    """Writes nginx's configuration into the folder, and makes the folder where it is new."""
    shape.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return _write(shape, "nginx.conf")


def write_units(shape: Shape, database: str) -> tuple[Path, ...]:
    """Writes the units, nginx's configuration and the environment of the processes; raises OSError where it cannot."""
    made = [write_nginx(shape), *(_write(shape, name) for name in UNITS)]
    environment = shape.folder / "environment"
    lines = [
        f"BEICHA_DATABASE_URL={database}",
        f"STREAMLIT_SERVER_COOKIE_SECRET={cookie_secret(shape.folder)}",
        *([f"BEICHA_HOST={shape.host}"] if shape.host != "127.0.0.1" else []),
    ]
    _keep_private(environment, "\n".join(lines) + "\n")
    return (*made, environment)


def cookie_secret(folder: Path) -> str:
    """The secret that all processes sign with, made once: what one gave to a browser, another takes."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / "cookie-secret"
    if not path.exists():
        _keep_private(path, secrets.token_hex(SECRET_BYTES))
    return path.read_text("utf-8")


def _keep_private(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.chmod(0o600)  # one that lay there may have been open to others
    path.write_text(text, "utf-8")


def _write(shape: Shape, name: str) -> Path:
    text = (TEMPLATES / name).read_text("utf-8")
    for place, value in _values(shape).items():
        text = text.replace("{{" + place + "}}", value)
    path = shape.folder / name
    path.write_text(text, "utf-8")
    return path


def _values(shape: Shape) -> dict[str, str]:
    fallen = "max_fails=1 fail_timeout=5s"
    return {
        "made": MADE,
        "folder": str(shape.folder),
        "listen": shape.listen,
        "servers": "\n".join(f"    server 127.0.0.1:{port} {fallen};" for port in shape.ports),
        "root": str(ROOT),
        "python": sys.executable,
        "user": getuser(),
        "processes": str(shape.processes),
        "units": " ".join(f"beicha@{port}.service" for port in shape.ports),
        "nginx": nginx() or "nginx",
        "backups": str(shape.folder.parent / "backups"),
    }
