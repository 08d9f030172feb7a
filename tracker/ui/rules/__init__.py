"""The parts of the Rules page: the tree of payers, the list of sentences, a rule's proof, its form, trying it."""
