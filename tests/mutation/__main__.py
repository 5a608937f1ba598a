"""`python -m tests.mutation`: the mutation score of the data."""

from tests.mutation.mutation import main

main()
