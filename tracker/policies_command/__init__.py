"""The `policies` command: what the rules are, whether they hold, what differs, and packs of them; without a window."""

from __future__ import annotations

import argparse
from pathlib import Path

_BOOK = "a folder of rule files, or a .rulepack file; left out: the shipped rules"


def add_policies(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its parts. Nothing is loaded here: the arguments are read at every start."""
    policies = commands.add_parser("policies", help="look at, prove, compare, sign and verify rule books")
    parts = policies.add_subparsers(dest="part", metavar="PART", required=True)
    _add_reading(parts)
    _add_packs(parts)
    _add_clinic(parts)


def _add_reading(parts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    listing = parts.add_parser("list", help="payers and policies, with versions, rules and how sure they are")
    validate = parts.add_parser("validate", help="read a rule book and tell every mistake")
    prove = parts.add_parser("prove", help="ask a rule book its own cases and report what came out")
    for part in (listing, validate, prove):
        part.add_argument("book", type=Path, nargs="?", metavar="BOOK", help=_BOOK)
    prove.add_argument("--cases", type=Path, metavar="FOLDER", help="other cases than those of the book")
    diff = parts.add_parser("diff", help="what the second rule book says otherwise than the first")
    diff.add_argument("old", metavar="OLD", help='a folder, a .rulepack file, or "shipped"')
    diff.add_argument("new", metavar="NEW", help='a folder, a .rulepack file, or "shipped"')
    for part in (listing, prove, diff):
        part.add_argument("--json", action="store_true", help="print JSON")


def _add_packs(parts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    sign = parts.add_parser("sign", help="make a signed rule pack of a folder")
    sign.add_argument("folder", type=Path, metavar="FOLDER", help="the rule files, with a pack.toml")
    sign.add_argument("--key", type=Path, required=True, metavar="FILE", help="the private Ed25519 key (PEM)")
    sign.add_argument("--out", type=Path, required=True, metavar="PACK", help="the file to write")
    sign.add_argument("--cases", type=Path, metavar="FOLDER", help="a folder of cases to put in, besides FOLDER/cases")
    verify = parts.add_parser("verify", help="tell whether a rule pack is whole, by whom it is signed, and what it is")
    verify.add_argument("pack", type=Path, metavar="PACK")
    verify.add_argument("--key", type=Path, metavar="FILE", help="a public Ed25519 key (PEM) to trust besides")
    new_key = parts.add_parser("new-key", help="make a key pair to sign rule packs with")
    new_key.add_argument("--out", type=Path, required=True, metavar="FILE", help="the private key; FILE.pub is public")


def _add_clinic(parts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    take_in = parts.add_parser("take-in", help="show what a rule pack changes at the clinic, ask, and take it in")
    take_in.add_argument("pack", type=Path, metavar="PACK")
    take_in.add_argument("--yes", action="store_true", help="take it in without asking")
    back = parts.add_parser("go-back", help="answer by the rules that were in use before the pack")
    trust = parts.add_parser("trust", help="trust the packs that a key signs, once its fingerprint was compared")
    trust.add_argument("key", type=Path, metavar="FILE", help="the public Ed25519 key (PEM), or a pack that it signed")
    trust.add_argument("--name", default="", help="whose key it is")
    trust.add_argument("--fingerprint", default="", help="as the publisher told it; left out: shows it and asks")
    for part in (take_in, back, trust):
        part.add_argument("--clinic", type=Path, metavar="FOLDER", help="its folder", default=argparse.SUPPRESS)
        part.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
