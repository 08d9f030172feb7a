"""The parts of the page Reports: the list, the parameters, chart and table, and the ways out of the program."""
