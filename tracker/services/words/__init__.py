"""Words of the desk: dates, procedures, payers and answers as short text, told in the language in use."""
