"""Completion in bash with descriptions: click's own has none, and loses words that contain "=" or ":"."""

from __future__ import annotations

import os
import re
from typing import Any

from click.shell_completion import BashComplete, add_completion_class, split_arg_string

# bash shows nothing but what it can insert. So a description is part of an offer while there are
# several, and is taken off when one is left, or when bash goes through them (COMP_TYPE 37 and 42).
# bash ends a word at "=" and ":", so what is before them is taken off each offer.
_SOURCE = r"""
%(complete_func)s() {
    local IFS=$'\n' tab=$'\t' line=${COMP_LINE:0:COMP_POINT}
    local entry type value about breaks word before='' widest=0 number
    local room=$(( ${COLUMNS:-80} - 1 ))
    local -a values=() abouts=()
    word=${line##*[[:space:]]}
    breaks=${COMP_WORDBREAKS//[^=:]/}
    [[ -n $breaks ]] && before=${word%%"${word##*[$breaks]}"}
    COMPREPLY=()
    while read -r entry; do
        type=${entry%%%%,*}
        value=${entry#*,}
        case $type in
            dir) compopt -o plusdirs 2>/dev/null ;;
            file) compopt -o default 2>/dev/null ;;
            plain)
                about=
                [[ $value == *"$tab"* ]] && about=${value#*"$tab"}
                value=${value%%%%"$tab"*}
                value=${value#"$before"}
                [[ -z $value ]] && continue
                abouts+=("$about")
                values+=("$value")
                (( ${#value} > widest )) && widest=${#value}
                ;;
        esac
    done < <(env COMP_LINE="$line" %(complete_var)s=bash_complete "$1")
    for number in "${!values[@]}"; do
        entry=${values[number]}
        if [[ -n ${abouts[number]} && ${#values[@]} -gt 1 && $COMP_TYPE != 37 && $COMP_TYPE != 42 ]]; then
            printf -v entry "%%-${widest}s  -- %%s" "$entry" "${abouts[number]}"
            (( room > widest + 8 && ${#entry} > room )) && entry=${entry:0:room - 3}...
        fi
        COMPREPLY+=("$entry")
    done
    return 0
}

complete -o nosort -F %(complete_func)s %(prog_name)s
"""

#: Characters that bash does not take for a part of a word.
_ACTIVE = re.compile(r"""[$`;&|<>()\\"'*?\[\]{}!#~^]""")


class DescribedBash(BashComplete):
    """click's completion for bash, with descriptions."""

    source_template = _SOURCE

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words of the line, and the last one, up to the cursor, as far as it is typed."""
        if "COMP_LINE" not in os.environ:  # the script of click, as a shell may still have it
            return super().get_completion_args()
        # With a letter at its end, the line always ends with a word, which can be the letter alone.
        *words, last = split_arg_string(os.environ["COMP_LINE"] + "x")
        return words[1:], last[:-1]

    def get_completions(self, args: list[str], incomplete: str) -> list[Any]:
        """The offers, each value once: bash would take two equal ones for one with its description.

        bash inserts an offer as it is. So one that is more than words to it is left out: names come from
        the packages of strangers.
        """
        offers = [
            one
            for one in super().get_completions(args, incomplete)
            if one.type != "plain" or not _ACTIVE.search(str(one.value))
        ]
        return [*{(one.type, one.value): one for one in offers}.values()]

    def format_completion(self, item: Any) -> str:
        """The kind and the value of an offer and, after a tab, its description."""
        about = " ".join(str(item.help or "").split())
        return (
            f"{super().format_completion(item)}\t{about}"
            if about
            else super().format_completion(item)
        )


def register() -> None:
    """Let click use this class for bash."""
    add_completion_class(DescribedBash)
