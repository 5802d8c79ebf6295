"""Where a service listens, as its commands ask for it: a port, and an address that other machines reach."""

import argparse
import ipaddress

from beicha.web.serving import HOST
from beicha.words.language import later

PORT = 8501
NO_ACCOUNTS = later(
    "Other machines may come in only where people have accounts, and never to the demo. "
    "Make an account first: manage.py account add LOGIN --name NAME --role office --role admin"
)
PORT_TAKEN = later("Port {port} is taken or not allowed. Give another one with --port.")


def add_place(command: argparse.ArgumentParser, about_port: str) -> None:
    """Adds ``--port`` and ``--host`` to a command."""
    command.add_argument("--port", type=int, default=PORT, help=about_port)
    command.add_argument(
        "--host", type=_address, metavar="ADDRESS", default=HOST, help="an address of this machine that others reach"
    )


def _address(text: str) -> str:
    """One address of this machine, as others write it; not the one that stands for all of them."""
    address = ipaddress.ip_address(text)
    if address.is_unspecified:
        raise argparse.ArgumentTypeError("give one address of this machine")
    return str(address)
