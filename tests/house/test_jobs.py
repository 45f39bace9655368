"""The jobs that are made are the jobs that must run: none is left out of the list that the start is held to."""

from bot import jobs
from bot.press import Press
from bot.settings import Settings


def test_every_job_that_is_made_stands_in_the_list_of_what_must_run() -> None:
    made = jobs.jobs(Settings(_env_file=None), Press())
    assert [job.name for job in made] == list(jobs.NAMES)
