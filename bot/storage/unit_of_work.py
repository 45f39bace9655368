"""The unit of work: one transaction and the repositories that share it, one per noun."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import Chance
from bot.storage.accounting import Accounting
from bot.storage.agenda import Agenda
from bot.storage.broadcasts import Broadcasts
from bot.storage.case_log import CaseLog
from bot.storage.case_notes import CaseNotes
from bot.storage.cases import Cases
from bot.storage.chain import Chain
from bot.storage.chats import Chats
from bot.storage.cipher import Cipher
from bot.storage.codes import Codes
from bot.storage.complaints import Complaints
from bot.storage.consents import ConsentLog
from bot.storage.desk import Desk
from bot.storage.directory import Directory
from bot.storage.drafts import Drafts
from bot.storage.erasure import Erasure
from bot.storage.groups import Groups
from bot.storage.hand_overs import HandOvers
from bot.storage.holdings import Holdings
from bot.storage.intake import Intake
from bot.storage.journal import Journal
from bot.storage.keys import Keys
from bot.storage.loose_ends import LooseEndsOf
from bot.storage.moments import Moments
from bot.storage.moving import Moving
from bot.storage.notes import Notes
from bot.storage.orders import Orders
from bot.storage.outbox import Outbox
from bot.storage.pages import Pages
from bot.storage.people import People
from bot.storage.profiles import Profiles
from bot.storage.publications import Publications
from bot.storage.referrals import Referrals
from bot.storage.reminders import Reminders
from bot.storage.replies import Replies
from bot.storage.reports import Reports
from bot.storage.retention import Retention
from bot.storage.risk import RiskPhrases, Warnings
from bot.storage.rota import Rota
from bot.storage.team import Team
from bot.storage.threads import Threads
from bot.storage.transaction import Ids, Transaction
from bot.storage.withheld import WithheldEntries


class UnitOfWork(Transaction):
    """What is true together is written together."""

    def __init__(self, connection: AsyncConnection, cipher: Cipher, ids: Ids, chance: Chance, now: datetime) -> None:
        super().__init__(connection, cipher, ids, chance, now)
        self.people = People(self)
        self.profiles = Profiles(self)
        self.rota = Rota(self)
        self.pages = Pages(self)
        self.codes = Codes(self)
        self.moments = Moments(self)
        self.moving = Moving(self)
        self.notes = Notes(self)
        self.team = Team(self)
        self.groups = Groups(self)
        self.drafts = Drafts(self)
        self.journal = Journal(self)
        self.chain = Chain(self)
        self.cases = Cases(self, self.journal)
        self.case_notes = CaseNotes(self)
        self.hand_overs = HandOvers(self)
        self.loose_ends = LooseEndsOf(self)
        self.threads = Threads(self)
        self.withheld = WithheldEntries(self)
        self.chats = Chats(self)
        self.outbox = Outbox(self, self.chats)
        self.reminders = Reminders(self)
        self.referrals = Referrals(self)
        self.replies = Replies(self)
        self.intake = Intake(self)
        self.accounting = Accounting(self)
        self.consents = ConsentLog(self)
        self.complaints = Complaints(self)
        self.keys = Keys(self)
        self.holdings = Holdings(self)
        self.erasure = Erasure(self, self.chats)
        self.retention = Retention(self)
        self.risk = RiskPhrases(self)
        self.warnings = Warnings(self)
        self.directory = Directory(self)
        self.agenda = Agenda(self)
        self.desk = Desk(self)
        self._add_numbers()

    def _add_numbers(self) -> None:
        self.reports = Reports(self, self.referrals)
        self.publications = Publications(self)
        self.broadcasts = Broadcasts(self, self.outbox)
        self.case_log = CaseLog(self)
        self.orders = Orders(self)
