// The hub as a station talks to it: one request at a time, each proven by the station's own key; and a stream that listens.
import type { ChangesAnswer } from '../../contracts/hub/down.ts'
import type { JoinAnswer, JoinRequest } from '../../contracts/hub/join.ts'
import type { EventsAnswer } from '../../contracts/hub/up.ts'

/** What a request proves itself by: signs its claims (JWS), shows the newest token, and keeps the next one before anything else. */
export interface Prover {
  readonly station: string
  readonly nowMs: number
  readonly token: string
  sign(claims: string): Promise<string>
  /** The next token, as soon as it is there. */
  keep(token: string): void
}

/** 'unreachable': no answer, or none that is one. The others are the hub's own words. */
export type HubFailure = { readonly ok: false; readonly reason: string; readonly acknowledged?: number }

export type HubNews = 'changes' | 'answers' | 'bindings'

export interface HubPort {
  join(url: string, organisation: string, request: JoinRequest): Promise<JoinAnswer | HubFailure>
  changes(at: HubAddress, prover: Prover, body: unknown): Promise<{ answer: ChangesAnswer; nonce: string } | HubFailure>
  events(at: HubAddress, prover: Prover, body: unknown): Promise<EventsAnswer | HubFailure>
  phones(at: HubAddress, prover: Prover, body: unknown): Promise<{ readonly ok: true } | HubFailure>
  /** Base64url each. */
  answers(at: HubAddress, prover: Prover): Promise<{ readonly ok: true; readonly answers: string[] } | HubFailure>
  openBox(at: HubAddress, prover: Prover, body: unknown): Promise<{ readonly ok: true } | HubFailure>
  /** Base64url each. */
  parts(at: HubAddress, prover: Prover): Promise<{ readonly ok: true; readonly parts: string[] } | HubFailure>
  sendWelcome(at: HubAddress, prover: Prover, body: unknown): Promise<{ readonly ok: true } | HubFailure>
  /** Told each time the hub says that something changed, or that answers or parts are there; `ended` once, when nobody listens any more. @returns how to stop. */
  listen(at: HubAddress, prover: Prover, news: (what: HubNews) => void, ended: () => void): () => void
}
export interface HubAddress {
  readonly url: string
  readonly organisation: string
}
