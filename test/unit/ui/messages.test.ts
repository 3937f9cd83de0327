// Every word that the window asks for exists, is given all that it wants to say, and every failure has its own.
import fs from 'node:fs'
import path from 'node:path'
import i18next from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { parseSource, walk } from '../../../scripts/test/imports.mjs'
import { brandColours } from '../../../src/contracts/brand.ts'
import { eventGroup, logWork } from '../../../src/contracts/commands/audit.ts'
import { credentialFilter } from '../../../src/contracts/commands/credentials.ts'
import { newPinRefused } from '../../../src/contracts/commands/login.ts'
import { offerPurpose } from '../../../src/contracts/commands/offers.ts'
import { credentialRow, peopleFilter } from '../../../src/contracts/commands/people.ts'
import { ticketPurpose } from '../../../src/contracts/commands/tickets.ts'
import { healthItem } from '../../../src/contracts/health.ts'
import { commands } from '../../../src/contracts/ipc.ts'
import { importProblem } from '../../../src/contracts/people-import.ts'
import { policySettings } from '../../../src/contracts/policy.ts'
import { policyProblem, policyWarning } from '../../../src/contracts/policy-findings.ts'
import { action } from '../../../src/contracts/roles.ts'
import { emergencyScreen, failureCode, lockedScreen, signInMethod } from '../../../src/contracts/screen.ts'
import { eventGroups, eventGroup as groupOf } from '../../../src/core/event-groups.ts'
import { areas } from '../../../src/renderer/screens/areas.ts'
import { startMessages } from '../../../src/ui/i18n.ts'
import { failures } from '../../../src/ui/messages/en/failures.ts'
import { en } from '../../../src/ui/messages/en/index.ts'
import { scan } from '../../../src/ui/messages/en/scan.ts'
import { workstation } from '../../../src/ui/messages/en/workstation.ts'
import { detailNames, eventReasons, eventTypes } from '../../../src/ui/messages/events.ts'
import { partsOf } from '../support/schemas.ts'

const root = path.resolve(import.meta.dirname, '../../..')

/** The words of an enumeration at a field, wherever in the schema that field is. */
const wordsOf = (schema: z.ZodType, field: string): string[] =>
  [...partsOf(schema)]
    .filter(({ def, path }) => def.type === 'enum' && path.endsWith(field))
    .flatMap(({ def }) => Object.values(def.entries as object))

const loginReasons = wordsOf(commands.submitCode.output, '.reason')
/** Said with the PIN, in words of its own. */
const pinReasons = ['pin-needed', 'new-pin-needed']
const offerReasons = [commands.setUpStation, commands.renewOffer, commands.makeOffer, commands.confirmOffer].flatMap(
  ({ output }) => wordsOf(output, '.reason'),
)
const firstRunFields = Object.keys(commands.setUpStation.input.shape)
/** What a key that is put together can become. A new one has to be entered here. */
const madeKeys: Record<string, readonly string[]> = {
  'said.*': [
    ...loginReasons.filter((reason) => reason !== 'throttled' && !pinReasons.includes(reason)),
    ...lockedScreen.shape.notice.options.filter((notice) => notice !== 'none'),
  ],
  'offer.*': [...offerReasons, ...wordsOf(commands.addPerson.output, '.reason')],
  'failures.*.title': failureCode.options,
  'failures.*.wrong': failureCode.options,
  'failures.*.next': failureCode.options,
  'session.since.*': signInMethod.options,
  'session.method.*': signInMethod.options,
  'audit.*': ['failed', 'too-many-people'],
  'audit.groups.*': eventGroup.options,
  'audit.export.*': wordsOf(commands.exportLog.input, '.format'),
  'audit.running.*': logWork.shape.kind.options,
  'audit.column.*': ['what', 'about', 'by', 'time'],
  'audit.problem.*': ['unreadable', 'out-of-order', 'of-another-station', 'changed', 'does-not-follow-the-one-before'],
  'audit.type.*': eventTypes,
  'audit.reasons.*': eventReasons,
  'audit.detail.*': detailNames,
  'audit.state.*': ['pending', 'active', 'suspended', 'ended', 'left', 'open', 'acknowledged'],
  'session.*': ['accepted', 'refused'],
  'people.roleName.*': wordsOf(commands.listPeople.output, '.roles'),
  'people.statusName.*': wordsOf(commands.listPeople.output, '.status'),
  'people.*': ['person', 'roles', 'phone', 'lastSignIn', 'status'],
  'firstRun.*': firstRunFields,
  'lock.*': ['digits', 'letters'],
  'administration.refused.*': [
    ...new Set(
      [
        commands.editPerson,
        commands.revokeCredential,
        commands.importPeople,
        commands.acknowledgeAlert,
        commands.acknowledgeEmergencyCodes,
        commands.reviewEmergency,
        commands.changePolicy,
        commands.issueTicket,
        commands.revokeTicket,
        commands.reinstateCredential,
        commands.withdrawOffer,
        commands.makeOffer,
        commands.exportLog,
        commands.changeBrand,
        commands.bindPhone,
        commands.renewBinding,
      ].flatMap(({ output }) =>
        wordsOf(output, '.reason').filter((reason) => !['step-up-needed', 'second-needed', 'no-file'].includes(reason)),
      ),
    ),
  ],
  'brand.colour.*': Object.keys(brandColours.shape),
  'brand.low.*': Object.keys(brandColours.shape).filter((name) => name !== 'frame'),
  'scan.camera.*': ['starting', 'reading', 'not-allowed', 'no-camera', 'in-use', 'failed'],
  'scan.partCame.*': ['shown', 'typed'],
  'scan.part.*': wordsOf(commands.submitTypedPart.output, '.reason'),
  'scan.confirm.*': wordsOf(commands.confirmBinding.output, '.reason'),
  'scan.said.*': wordsOf(commands.submitShownAnswer.output, '.reason').filter((reason) => reason in scan.said),
  'workstation.item.*': healthItem.shape.name.options,
  'workstation.said.*': healthItem.shape.said.options,
  'workstation.next.*': Object.keys(workstation.next),
  'workstation.state.*': healthItem.shape.state.options,
  'workstation.ntp.*': wordsOf(commands.readWorkstation.output, '.ntp'),
  'workstation.backup.strength.*': ['weak', 'fair', 'strong'],
  'workstation.backup.refused.*': wordsOf(commands.makeBackup.output, '.reason').filter(
    (reason) => reason !== 'step-up-needed' && reason !== 'second-needed',
  ),
  'restore.refused.*': [
    ...new Set([
      ...wordsOf(commands.chooseBackup.output, '.reason').filter((reason) => reason !== 'cancelled'),
      ...wordsOf(commands.restoreBackup.output, '.reason'),
      'failed',
    ]),
  ],
  'emergency.*': ['code', 'name', 'reason'],
  'emergency.missing.*': ['code', 'name', 'reason'],
  'emergency.said.*': wordsOf(commands.openEmergency.output, '.reason').filter((reason) => reason !== 'throttled'),
  'emergency.record.*': emergencyScreen.shape.record.options,
  'ways.*': pinReasons,
  'ways.problem.*': wordsOf(newPinRefused, '.reason'),
  'ways.purpose.*': ticketPurpose.options,
  'policy.setting.*': Object.keys(policySettings.shape),
  'policy.factor.*': [
    ...policySettings.shape.factors.unwrap().options,
    ...policySettings.shape.firstSignIn.unwrap().options,
    ...policySettings.shape.phoneAnswers.unwrap().options,
  ],
  'policy.actionName.*': action.options,
  'policy.finding.*': [...policyProblem.options, ...policyWarning.options],
  'policy.wrong.*': ['number', 'name', 'time', 'days', 'groups'],
  'policy.try.*': ['setting', 'value', 'decided'],
  'administration.area.*': areas.map(({ name }) => name),
  'administration.import.problem.*': importProblem.shape.problem.options,
  'administration.revokeEnds.*': credentialRow.shape.kind.options,
  'administration.kind.*': credentialRow.shape.kind.options,
  'enrollment.part.*': peopleFilter.options,
  'enrollment.credentialPart.*': credentialFilter.options,
  'enrollment.offers.purpose.*': offerPurpose.options,
  'enrollment.offers.end.*': [
    'confirmed',
    'expired',
    'abandoned',
    'replaced',
    'too-many-tries',
    'second-part',
    'station-stopped',
    'withdrawn',
    'other',
  ],
  'administration.credentialStatus.*': credentialRow.shape.status.options,
}

interface Use {
  readonly where: string
  /** With a star for each part that only shows at run time; null where it is no text at all. */
  readonly key: string | null
  readonly given: readonly string[] | null
}
interface Node {
  readonly type: string
  readonly start: number
  readonly [field: string]: unknown
}

function keysOf(node: Node): (string | null)[] {
  if (node.type === 'Literal') return [String(node.value)]
  if (node.type === 'ConditionalExpression')
    return [...keysOf(node.consequent as Node), ...keysOf(node.alternate as Node)]
  if (node.type !== 'TemplateLiteral') return [null]
  return [(node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join('*')]
}

/** Names of the values that a call hands over; null where that can't be seen. */
function givenTo(options: Node | undefined): string[] | null {
  if (!options) return []
  if (options.type !== 'ObjectExpression') return null
  return (options.properties as { key?: { name: string } }[]).map(({ key }) => key?.name ?? '')
}

function usesIn(file: string): Use[] {
  const { program, lineAt } = parseSource(file, fs.readFileSync(path.join(root, file), 'utf8'))
  const uses: Use[] = []
  walk(program, (node: Node) => {
    const callee = node.callee as { type: string; name: string } | undefined
    if (node.type !== 'CallExpression' || callee?.type !== 'Identifier' || callee.name !== 't') return
    const [first, options] = node.arguments as Node[]
    for (const key of first ? keysOf(first) : [null])
      uses.push({ where: `${file}:${lineAt(node.start)}`, key, given: givenTo(options) })
  })
  return uses
}

const uses = ['src/renderer', 'src/ui']
  .flatMap((folder) => fs.readdirSync(path.join(root, folder), { recursive: true }).map((file) => `${folder}/${file}`))
  .filter((file) => /\.tsx?$/.test(file))
  .flatMap(usesIn)
const exists = (key: string, given: readonly string[] | null) =>
  given?.includes('count') ? [0, 1, 2, 7].every((count) => i18next.exists(key, { count })) : i18next.exists(key)

const expanded = (key: string): string[] =>
  key.includes('*') ? (madeKeys[key] ?? []).map((word) => key.replace('*', word)) : [key]
const withoutForm = (key: string): string => key.replace(/_(?:zero|one|other)$/, '')
/** What the checks of typed values complain of (state/check.ts): their keys are no text where they are asked for. */
const complaints = [...firstRunFields, 'personName', 'staffId', 'staffIdLetters', 'tooLong', 'taken'].map(
  (word) => `invalid.${word}`,
)
/** Paths of all the texts; a list of texts counts as one. */
const pathsIn = (words: object, path = ''): string[] =>
  Object.entries(words).flatMap(([name, value]) =>
    typeof value === 'string' || Array.isArray(value) ? [path + name] : pathsIn(value, `${path}${name}.`),
  )

beforeAll(startMessages)

describe('the words that are asked for', () => {
  it('are found by the scan', () => {
    expect(uses.length).toBeGreaterThan(80)
    expect(uses.some(({ key }) => key === 'lock.staffId')).toBe(true)
    expect(i18next.exists('lock.nothingOfTheKind')).toBe(false)
  })

  it('exist where the key is written out', () => {
    const written = uses.filter(({ key }) => key && !key.includes('*'))
    expect(written.filter(({ key, given }) => !exists(key as string, given))).toEqual([])
  })

  it('exist for whatever a key can become', () => {
    const made = uses.filter(({ key }) => key?.includes('*'))
    expect(made.filter(({ key }) => !(String(key) in madeKeys)).map(({ where, key }) => `${where} ${key}`)).toEqual([])
    for (const { where, key, given } of made)
      for (const word of madeKeys[String(key)] ?? [])
        expect(exists(String(key).replace('*', word), given), `${where} ${key} ${word}`).toBe(true)
  })

  it('come from a complaint where the key is no text: those are tried in their own test', () => {
    const unseen = uses.filter(({ key }) => key === null).map(({ where }) => where.replace(/:\d+$/, ''))
    expect([...new Set(unseen)].sort()).toEqual([
      'src/renderer/screens/AddPerson.tsx',
      'src/renderer/screens/EditPerson.tsx',
      'src/renderer/screens/FirstRun.tsx',
      'src/renderer/screens/WorkstationPlace.tsx',
      'src/renderer/state/useLogin.ts',
    ])
  })

  it('are all the words there are: nothing is translated for nobody', () => {
    const asked = new Set([...complaints, ...uses.flatMap(({ key }) => (key === null ? [] : expanded(key)))])
    const unasked = pathsIn(en).filter((path) => !asked.has(path) && !asked.has(withoutForm(path)))
    expect(unasked).toEqual([])
  })

  it('are handed every value that they name', () => {
    const lacking = uses.flatMap(({ where, key, given }) => {
      if (!key || !given) return []
      return (madeKeys[key] ?? ['']).flatMap((word) => {
        const text = i18next.t(key.replace('*', word), { count: 2, returnObjects: true, skipInterpolation: true })
        const wanted = [...JSON.stringify(text).matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '')
        return wanted.filter((name) => !given.includes(name)).map((name) => `${where} ${key} wants ${name}`)
      })
    })
    expect(lacking).toEqual([])
  })
})

describe.each(failureCode.options)('failure %s', (code) => {
  it('has words of its own: a title, what is wrong, what to do next', () => {
    const words = failures[code]
    for (const part of ['title', 'wrong', 'next'] as const) {
      expect(words[part], part).toMatch(/\S/)
      expect(i18next.t(`failures.${code}.${part}`)).toBe(words[part])
    }
    const same = failureCode.options.filter((other) => failures[other].title === words.title)
    expect(same).toEqual([code])
  })
})

it('has no words for a failure that does not exist', () => {
  expect(Object.keys(failures).sort()).toEqual([...failureCode.options].sort())
})

describe('every type of event', () => {
  const written = fs
    .readdirSync(path.join(root, 'src/station'))
    .flatMap((file) => [
      ...fs
        .readFileSync(path.join(root, 'src/station', file), 'utf8')
        .matchAll(/\btype: '((?!public-key')[a-z]+(?:-[a-z]+)+)'/g),
    ])
    .map(([, type]) => type ?? '')

  it('that the station writes has words', () => {
    expect(written.length).toBeGreaterThan(20)
    expect(written.filter((type) => !eventTypes.some((known) => known === type))).toEqual([])
  })
  it('falls into a group of its own', () => {
    expect(eventTypes.filter((type) => groupOf(type) === 'other')).toEqual([])
    expect([...eventGroups].sort()).toEqual([...eventGroup.options].sort())
  })
})
