// What a token's change may write: people and their ways to sign in, and nothing about an administrator.
import { isInReach } from '../core/token-scopes.ts'
import type { Recorder, Row } from './ledger.ts'
import { rolesOf } from './people.ts'
import { readPolicy } from './policy.ts'
import type { Rows, TableName } from './schema.ts'

/** The change goes beyond what any token may do; nothing of it is kept. */
export class BeyondReach extends Error {}

const within: readonly TableName[] = ['person', 'credential', 'offer', 'ticket', 'throttle']

/** Looks at every row that is written, so that no command can forget to ask. */
export class TokenReach implements Recorder {
  readonly #recorder: Recorder
  readonly #grants: ReturnType<typeof readPolicy>['grants']

  constructor(recorder: Recorder) {
    this.#recorder = recorder
    this.#grants = readPolicy(recorder).grants
  }

  get<T extends TableName>(table: T, id: string): Row<T> | null {
    return this.#recorder.get(table, id)
  }

  find<T extends TableName>(table: T, where: string, ...values: unknown[]): Row<T>[] {
    return this.#recorder.find(table, where, ...values)
  }

  put<T extends TableName>(table: T, id: string, content: Rows[T]): void {
    this.#check(table, id, content)
    this.#recorder.put(table, id, content)
  }

  remove(table: TableName, id: string): void {
    this.#check(table, id)
    this.#recorder.remove(table, id)
  }

  event(fields: Parameters<Recorder['event']>[0]): number {
    return this.#recorder.event(fields)
  }

  #check(table: TableName, id: string, content?: object): void {
    if (!within.includes(table)) throw new BeyondReach()
    for (const row of [this.#recorder.get(table, id), content]) {
      const person = row && this.#personOf(table, row)
      if (person && !isInReach(this.#grants, rolesOf(person))) throw new BeyondReach()
    }
  }

  #personOf(table: TableName, row: object): Row<'person'> | null {
    if (table === 'person') return row as Row<'person'>
    return 'person_id' in row ? this.#recorder.get('person', String(row.person_id)) : null
  }
}
