"""What is installed can be used: the program, and the library by another project."""

import os
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILD = Path(os.environ["SIPDRIFT_PROGRAM"]).parent


def run(*command):
    return subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True).stdout


def test_the_installed_program_and_library_work(tmp_path):
    run("cmake", "--install", BUILD, "--prefix", tmp_path / "prefix")
    version = run(tmp_path / "prefix/bin/sipdrift", "--version").split()[1]
    run("cmake", "-S", HERE, "-B", tmp_path / "build", "-G", "Ninja",
        f"-DCMAKE_PREFIX_PATH={tmp_path}/prefix")
    run("cmake", "--build", tmp_path / "build")
    assert run(tmp_path / "build/consumer") == f"{version} 10\n"
