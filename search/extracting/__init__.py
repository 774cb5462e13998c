"""The words of files (PDF, Word, Excel, PowerPoint), read in a process of their own under limits."""
