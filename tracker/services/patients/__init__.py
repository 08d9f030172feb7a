"""Patients as the desk knows them: found, entered, with history, papers, responses, and open tasks."""
