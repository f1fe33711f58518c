"""Reading a document: from the text of a Word file to clauses with addressees and deadlines. Pure, no Django."""
