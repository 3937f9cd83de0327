// From a phone's answer to the decision with its durable commit, beside a bare signature check and a bare commit of as many pages.
import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import path from 'node:path'
import { shownText } from '../../src/core/binding.ts'
import { answerMessage, encodeAnswer } from '../../src/core/phone-answer.ts'
import { ChallengeBoard } from '../../src/station/challenge-board.ts'
import { type AnswerParts, loginByDigits } from '../../src/station/login-answer.ts'
import { loginByShown, readShownAnswer } from '../../src/station/login-shown.ts'
import { type PhoneParameters, sealAnswerKey } from '../../src/station/phone-credentials.ts'
import { compressedKey, digitsFor } from '../../src/station/phone-keys.ts'
import { newId, random } from '../../src/station/primitives.ts'
import { openBareStore, pagesWritten } from './bare-store.ts'
import { median, takeTurns, timed } from './measure.ts'
import { compare, type Result } from './result.ts'
import { type BenchStation, openBenchStation } from './station.ts'

/** As many as may answer without a staff ID. */
const phones = 95
const rounds = 400
const aim = 1.5

type Case = 'shown' | 'named' | 'unnamed'
const words: Readonly<Record<Case, string>> = {
  shown: 'answer, signed and shown',
  named: 'answer, typed with a staff ID',
  unnamed: `answer, typed without one, ${phones} phones`,
}

interface Phone {
  readonly staffId: string
  readonly credential: Buffer
  readonly answerKey: Buffer
  sign(message: Uint8Array): Buffer
  isSigned(message: Uint8Array, signature: Uint8Array): boolean
}

export async function benchAnswer(folder: string): Promise<Result[]> {
  const station = openBenchStation(path.join(folder, 'answer'), phones)
  const bare = openBareStore(path.join(folder, 'bare-answer'))
  try {
    const bound = bindAll(station)
    const board = new ChallengeBoard(station.clock, 'phone.example.org')
    const parts: AnswerParts = { ...station, board, stationNumber: random(8) }
    const take = (kind: Case) => (round: number) => answer(parts, station, bound, kind, round)
    const pages = { shown: 0, named: 0, unnamed: 0 }
    for (const kind of ['shown', 'named', 'unnamed'] as const)
      pages[kind] = median(Array.from({ length: 40 }, (_, round) => pagesWritten(station.db, () => take(kind)(round))))
    const [first] = bound
    if (!first) throw new RangeError('nobody is bound')
    const message = random(150)
    const signature = first.sign(message)
    const check = (kind: Case) => () =>
      timed(() => {
        first.isSigned(message, signature)
        bare.commit(pages[kind])
      })
    const samples = await takeTurns(rounds, {
      shown: take('shown'),
      bareShown: check('shown'),
      named: take('named'),
      bareNamed: check('named'),
      unnamed: take('unnamed'),
      bareUnnamed: check('unnamed'),
    })
    const beside = (kind: Case) => `signature check, commit of ${pages[kind]} pages`
    return [
      compare(words.shown, samples.shown, beside('shown'), samples.bareShown, { aim }),
      compare(words.named, samples.named, beside('named'), samples.bareNamed, { aim }),
      compare(words.unnamed, samples.unnamed, beside('unnamed'), samples.bareUnnamed),
    ]
  } finally {
    bare.close()
    station.close()
  }
}

/** One answer to a code of its own, from what was typed or read to the committed decision. */
function answer(
  parts: AnswerParts,
  { clock }: BenchStation,
  bound: readonly Phone[],
  kind: Case,
  round: number,
): number {
  clock.pass(31_000)
  parts.board.wake(parts.stationNumber)
  const phone = bound[round % bound.length]
  const challenge = parts.board.known()[0]?.bytes
  if (!phone || !challenge) throw new RangeError('nobody there')
  const said = { challenge, credential: phone.credential, decision: 'approved', verification: 'none' } as const
  const unsigned = { ...said, device: 'Firefox on Android', place: null }
  const text = shownText(
    'R',
    encodeAnswer({ ...unsigned, signature: phone.sign(answerMessage(unsigned)), assertion: null }),
  )
  const digits = digitsFor(phone.answerKey, challenge)
  let ok = false
  const ms = timed(() => {
    if (kind !== 'shown') ok = loginByDigits(parts, kind === 'named' ? phone.staffId : null, digits).ok
    else {
      const read = readShownAnswer(text)
      ok = read !== null && loginByShown(parts, read, null).ok
    }
  })
  if (!ok) throw new Error(`${words[kind]}: refused`)
  return ms
}

function bindAll({ ledger, keys, people }: BenchStation): Phone[] {
  return ledger.record((recorder) => {
    const bound = people.map((person) => {
      const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const spki = pair.publicKey.export({ format: 'der', type: 'spki' })
      const key = compressedKey(spki).toString('base64')
      const parameters: PhoneParameters = { form: 'keys', signingKey: key, agreementKey: key, passkey: null }
      const id = newId()
      const answerKey = random(32)
      recorder.put('credential', id, {
        person_id: person.id,
        kind: 'phone',
        status: 'active',
        parameters: JSON.stringify(parameters),
        secret: sealAnswerKey(keys, id, person.id, answerKey),
        last_step: -1,
      })
      const prepared = createPublicKey({ key: spki, format: 'der', type: 'spki' })
      const dsaEncoding = 'ieee-p1363' as const
      return {
        staffId: person.staffId,
        credential: Buffer.from(id.replaceAll('-', ''), 'hex'),
        answerKey,
        sign: (message: Uint8Array) => sign('sha256', message, { key: pair.privateKey, dsaEncoding }),
        isSigned: (message: Uint8Array, signature: Uint8Array) =>
          verify('sha256', message, { key: prepared, dsaEncoding }, signature),
      }
    })
    recorder.event({ type: 'offer-confirmed', method: 'phone', outcome: 'accepted' })
    return bound
  })
}
