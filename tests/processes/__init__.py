"""The real hotline as a process, over real HTTP, against `python -m sandbox.server`: killed, stopped, refused.

The processes are forked from one that has imported everything (`starter`), because importing costs 5 s of CPU each
time; what a fork runs is `python -m bot` all the same. Longer and purer forms, by environment variable:

    ZHANYNDA_CHAOS_ROUNDS=100   so many rounds of each fault, and every test on both databases: `make chaos`
    ZHANYNDA_CHAOS_FIGURES=...  the file whose table of figures is replaced when all went well
    ZHANYNDA_REAL_START=1       every process is a new interpreter instead of a fork
"""
