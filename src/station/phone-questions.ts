// Challenges in a session: where a fresh code would do, a bound phone answers one, for exactly what it was shown for.
import type { Output } from '../contracts/ipc.ts'
import type { QuestionAbout, QuestionView } from '../contracts/screen.ts'
import type { ChallengePurpose } from '../core/challenge.ts'
import type { PhoneAnswer } from '../core/phone-answer.ts'
import type { AnswerRefused } from './answer-decision.ts'
import { toApprove } from './approval-answer.ts'
import type { DeskApprovals } from './desk-approvals.ts'
import type { DeskLogins } from './desk-logins.ts'
import type { Enrollment } from './enrollment.ts'
import type { Approval, ApprovedAction } from './login.ts'
import { answerByDigits } from './login-answer.ts'
import { answerByShown, readShownAnswer, type SignedForm } from './login-shown.ts'
import { answeringPhones, boundPhonesOf } from './phone-credentials.ts'
import type { SecondPerson } from './second-person.ts'

const notNow = { ok: false, reason: 'not-now' } as const
const purposes: Readonly<Record<QuestionAbout, ChallengePurpose>> = {
  'step-up': 'step-up',
  second: 'second',
  approval: 'second',
  move: 'move',
}
/** Whose answer it takes: the one who is signed in, or somebody else. */
const isOwn = (about: QuestionAbout): boolean => about === 'step-up' || about === 'move'

interface Question {
  readonly about: QuestionAbout
  readonly sessionId: string
  readonly personId: string
  /** The one change that a second person was asked about. */
  readonly asked: SecondPerson['asked']
}

const isSame = (before: Question | null, now: Question): boolean =>
  before?.about === now.about && before.sessionId === now.sessionId && before.asked === now.asked

/** What an approval of this kind is, and what follows it. */
export interface Approving {
  readonly action: ApprovedAction<string>
  /** @param value of the action: the id of who approved, or of the phone that did. */
  readonly then: (value: string) => Promise<Answered> | Answered
}
export type Answered = Output<'answerQuestion'>

export interface QuestionHost {
  /** Of the session that is open and not over; null where there is none. */
  session(): { readonly id: string; readonly personId: string } | null
  second(): SecondPerson
  readonly enrollment: Enrollment
  /** Whoever is signed in needs somebody else's yes to a new phone. */
  wantsApproval(): boolean
  changed(): void
}

export class PhoneQuestions {
  readonly #logins: DeskLogins
  readonly #approvals: DeskApprovals
  readonly #host: QuestionHost
  #question: Question | null = null

  constructor(logins: DeskLogins, approvals: DeskApprovals, host: QuestionHost) {
    this.#logins = logins
    this.#approvals = approvals
    this.#host = host
  }

  show(about: QuestionAbout): Output<'showQuestion'> {
    const session = this.#host.session()
    if (!session || !this.#isAskable(about)) return notNow
    if (!this.#somebodyCouldAnswer(about, session.personId)) return { ok: false, reason: 'no-phone' }
    const asked = about === 'second' ? this.#host.second().asked : null
    const question = { about, sessionId: session.id, personId: session.personId, asked }
    // Two kinds of yes have one purpose on the phone: a code that was shown for the one answers no other.
    if (!isSame(this.#question, question)) this.forget()
    this.#question = question
    this.#wake()
    this.#host.changed()
    return { ok: true }
  }

  hide(): void {
    if (!this.#question) return
    this.forget()
    this.#host.changed()
  }

  /** With the session, too. */
  forget(): void {
    if (this.#question) this.#logins.board.clear()
    this.#question = null
  }

  /** Another code where the one on the screen rests. */
  wake(): void {
    if (this.#question && this.#logins.board.view().state === 'resting') this.#wake()
  }

  isOpen(): boolean {
    return this.#question !== null
  }

  view(): QuestionView | null {
    if (!this.#question) return null
    const { about, personId } = this.#question
    return { about, challenge: this.#logins.board.view(), takesCode: !isOwn(about) || this.#hasApp(personId) }
  }

  /** @param staffId whose digits they are, where somebody else is asked. */
  answer(staffId: string | null, digits: string): Promise<Answered> {
    return this.#answer((question, action) => {
      const who = isOwn(question.about) ? this.#staffId(question.personId) : staffId
      if (who === null) return { ok: false, reason: 'id-needed' }
      return answerByDigits(this.#logins.answerParts(), toApprove(purposes[question.about], action), who, digits)
    })
  }

  async answerShown(text: string): Promise<Answered> {
    const answer = readShownAnswer(text)
    if (!answer) return this.#question ? { ok: false, reason: 'not-an-answer' } : notNow
    return this.#answerSigned(answer, 'shown')
  }

  /** What a phone sent by way of the hub. */
  answerSent(answer: PhoneAnswer): Promise<Answered> {
    return this.#answerSigned(answer, 'sent')
  }

  async #answerSigned(answer: PhoneAnswer, form: SignedForm): Promise<Answered> {
    const counter = await this.#logins.verifiedCounter(answer)
    return this.#answer(({ about }, action) =>
      answerByShown(this.#logins.answerParts(), toApprove(purposes[about], action), answer, counter, form),
    )
  }

  async #answer(
    decide: (question: Question, action: ApprovedAction<string>) => Approval<string> | AnswerRefused,
  ): Promise<Answered> {
    if (!this.#current()) return notNow
    await this.#logins.waitWhereSlowed()
    // The desk may have changed while it waited.
    const question = this.#current()
    if (!question) return notNow
    // Another change than the one that the code on the screen was shown for: it answers nothing any more.
    if (question.about === 'second' && question.asked !== this.#host.second().asked) {
      this.#question = { ...question, asked: this.#host.second().asked }
      this.#logins.board.clear()
      this.#wake()
      this.#host.changed()
      return { ok: false, reason: 'challenge-over' }
    }
    const approving = this.#approvals.approving(question.about)
    const outcome = approving && decide(question, approving.action)
    if (!outcome) return notNow
    if (!outcome.ok) {
      // The code on the screen may have been used up, or ended.
      this.#host.changed()
      return outcome
    }
    this.hide()
    return approving.then(outcome.value)
  }

  /** Not while something else goes on, and somebody else only where one is wanted. */
  #isAskable(about: QuestionAbout): boolean {
    const { enrollment } = this.#host
    const { stage } = enrollment
    if (enrollment.isStoring() || stage.kind === 'welcome') return false
    if (about === 'step-up') return true
    if (about === 'second') return this.#host.second().asked !== null
    return stage.kind === 'none' && (about === 'move' || this.#host.wantsApproval())
  }

  /** What is asked in the session that is open; of an earlier one, nothing. */
  #current(): Question | null {
    const session = this.#host.session()
    return this.#question?.sessionId === session?.id ? this.#question : null
  }

  #wake(): void {
    if (this.#question) this.#logins.board.wake(this.#logins.stationNumber(), purposes[this.#question.about])
  }

  #somebodyCouldAnswer(about: QuestionAbout, personId: string): boolean {
    const { ledger } = this.#logins.parts
    if (!this.#logins.scans) return false
    const phones = isOwn(about) ? boundPhonesOf(ledger, personId) : answeringPhones(ledger, 0)
    return phones.length > 0
  }

  #hasApp(personId: string): boolean {
    const { ledger } = this.#logins.parts
    return (
      ledger.find('credential', "person_id = ? AND kind = 'totp' AND status != 'ended' LIMIT 1", personId).length > 0
    )
  }

  #staffId(personId: string): string | null {
    return this.#logins.parts.ledger.get('person', personId)?.staff_id ?? null
  }
}
