// The program begins here, and its rooms are listed in the README.

#include "cli/commands.hpp"

int main(int argc, char** argv) { return sipdrift::run_program(argc, argv); }
