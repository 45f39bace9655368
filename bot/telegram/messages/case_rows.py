"""What a lawyer can do with a case he holds, as rows of buttons: one list, wherever the case is shown to him."""

from bot.domain.case import CaseFile
from bot.telegram.callbacks import Act, CaseAct
from bot.telegram.keyboards import Row, button

ROWS: tuple[tuple[tuple[str, Act], ...], ...] = (
    (("button.replies", Act.REPLIES),),
    (("button.note", Act.NOTE), ("button.status", Act.STATUS)),
    (("button.remind", Act.REMIND), ("button.deadline", Act.DEADLINE)),
    (("button.refer", Act.REFER),),
    (("button.coding", Act.CODE),),
    (("button.close", Act.CLOSE),),
    (("button.hand_over", Act.HAND_OVER),),
    (("button.release", Act.RELEASE),),
    (("button.save", Act.SAVE),),
    (("button.not_me", Act.NOT_ME),),
)
"""Text key and act, a row each; what is used most stands first, what can't be taken back last."""


TO_HER = (Act.REPLIES, Act.SAVE)
"""What makes no sense where she has no chat."""


def case_rows(language: str | None, file: CaseFile) -> list[Row]:
    """The rows for this case."""
    shown = [[each for each in row if file.channel is None or each[1] not in TO_HER] for row in ROWS]
    return [[button(language, key, CaseAct(act=act, code=file.code)) for key, act in row] for row in shown if row]
