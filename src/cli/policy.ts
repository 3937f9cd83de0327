// policy show, check, set and schema.
import fs from 'node:fs'
import { reasonText } from '../contracts/fields.ts'
import { type PolicyDocument, policyDocument } from '../contracts/policy.ts'
import type { PolicyReport } from '../contracts/policy-findings.ts'
import { policyJsonSchema } from '../contracts/policy-schema.ts'
import { type PolicyChange, policyChanges } from '../core/policy-changes.ts'
import { checkPolicy } from '../core/policy-check.ts'
import type { Ledger, Recorder } from '../station/ledger.ts'
import { readPolicy } from '../station/policy.ts'
import { policyFacts } from '../station/policy-facts.ts'
import { readVersion, setPolicy, versionInForce } from '../station/policy-versions.ts'
import { type Approver, withApproval } from './approved.ts'
import type { CliParts } from './compose.ts'
import { clock, withFolder } from './open-folder.ts'
import { type Answer, problem, UsageError } from './output.ts'
import { changeLine, findingLine, policyLines } from './policy-words.ts'

const fileLimit = 1024 * 1024

export function showPolicy(parts: CliParts, number: number | undefined): Promise<Answer> {
  return withFolder(parts, ({ ledger }) => {
    const inForce = versionInForce(ledger)
    const found = readVersion(ledger, number ?? inForce)
    if (!found)
      return problem(`There is no version ${number}: the newest is ${inForce}.`, { problem: 'no-such-version' })
    const { document, ...version } = found
    const when = new Date(version.atMs).toISOString()
    const by = version.who === null ? '' : `, by ${version.who}`
    const state = version.number === inForce ? 'in force' : 'no longer in force'
    const why = version.reason === '' ? '' : `: ${version.reason}`
    return {
      found: false,
      lines: [`version ${version.number}, ${state}, of ${when}${by}${why}`, ...policyLines(document)],
      json: { ok: true, ...version, inForce: version.number === inForce, document },
    }
  })
}

/** Reading needs no administrator. */
export function checkFile(parts: CliParts, file: string): Promise<Answer> {
  const read = readDocument(file)
  if (!read.ok) return Promise.resolve(read.answer)
  return withFolder(parts, ({ ledger }) => checked(ledger, read.document))
}

export async function setFile(parts: CliParts, approver: Approver, file: string, reason: string): Promise<Answer> {
  const why = reasonText.safeParse(reason)
  if (!why.success) throw new UsageError('give a --reason of 3 to 200 characters')
  const read = readDocument(file)
  if (!read.ok) return read.answer
  return withApproval(parts, approver, 'change-policy', 'policy set', (recorder, actor) => {
    // Said as `check` says it, against the policy from before.
    const answer = checked(recorder, read.document)
    const set = setPolicy(recorder, read.document, { actor, reason: why.data, after: null, nowMs: clock.nowMs() })
    if (set.ok)
      return {
        found: false,
        lines: [...answer.lines, `Version ${set.version} is in force.`],
        json: { ...answer.json, ok: true, version: set.version },
      }
    if (set.reason === 'nothing-changed')
      return problem('This is the policy in force already. Nothing was changed.', { problem: set.reason })
    return {
      ...answer,
      lines: [...answer.lines, 'Nothing was changed.'],
      json: { ...answer.json, problem: set.reason },
    }
  })
}

export const schema = (): Answer => ({
  found: false,
  lines: [JSON.stringify(policyJsonSchema(), null, 2)],
  json: policyJsonSchema(),
})

function checked(source: Ledger | Recorder, document: PolicyDocument): Answer {
  const report = checkPolicy(document, policyFacts(source))
  const changes = policyChanges(readPolicy(source), document)
  const { problems, warnings } = report
  return {
    found: problems.length > 0,
    lines: reportLines(report, changes),
    json: { ok: problems.length === 0, problems, warnings, changes },
  }
}

function reportLines({ problems, warnings }: PolicyReport, changes: readonly PolicyChange[]): string[] {
  return [
    ...problems.map((each) => `problem: ${findingLine(each)}`),
    ...warnings.map((each) => `warning: ${findingLine(each)}`),
    ...(changes.length > 0 ? ['against the policy in force:'] : ['the same as the policy in force']),
    ...changes.map((each) => `  ${changeLine(each)}`),
  ]
}

type Read = { readonly ok: true; readonly document: PolicyDocument } | { readonly ok: false; readonly answer: Answer }

/** What is no policy is a found problem; what can't be read is wrong use. */
function readDocument(file: string): Read {
  let text: string
  try {
    if (fs.statSync(file).size > fileLimit) throw new UsageError(`${file} is larger than 1 MiB`)
    text = fs.readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`can't read ${file}`)
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { ok: false, answer: problem('problem: this is no JSON', { problem: 'not-json' }) }
  }
  const parsed = policyDocument.safeParse(json)
  if (parsed.success) return { ok: true, document: parsed.data }
  const issues = parsed.error.issues.map(({ path, message }) => ({ where: path.join('.'), message }))
  const lines = issues.map(({ where, message }) => `problem: ${where || 'the document'}: ${message}`)
  return { ok: false, answer: { found: true, lines, json: { ok: false, problem: 'not-a-policy', issues } } }
}
