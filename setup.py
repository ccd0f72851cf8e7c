"""Builds the compiled core: every .pyx of the package, with Cython and a C compiler."""

import sys
from pathlib import Path

from Cython.Build import cythonize
from setuptools import Extension, setup

OPTIMISE = ["/O2"] if sys.platform == "win32" else ["-O3"]


def extension(source: Path) -> Extension:
    """The extension module that one source makes."""
    return Extension(".".join(source.with_suffix("").parts), [str(source)], extra_compile_args=OPTIMISE)


setup(
    ext_modules=cythonize(
        [extension(source) for source in sorted(Path("cleaner").rglob("*.pyx"))],
        # Every index in the sources is one that the code has counted itself; negative ones are for lists.
        compiler_directives={"language_level": "3", "boundscheck": False, "initializedcheck": False},
        build_dir="build",
        quiet=True,
    )
)
