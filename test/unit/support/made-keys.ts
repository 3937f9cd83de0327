import type { z } from 'zod'
import { brandColours } from '../../../src/contracts/brand.ts'
import { eventGroup, logWork } from '../../../src/contracts/commands/audit.ts'
import { credentialFilter } from '../../../src/contracts/commands/credentials.ts'
import { newPinRefused } from '../../../src/contracts/commands/login.ts'
import { offerPurpose } from '../../../src/contracts/commands/offers.ts'
import { credentialRow, peopleFilter } from '../../../src/contracts/commands/people.ts'
import { ticketPurpose } from '../../../src/contracts/commands/tickets.ts'
import { tokenRow } from '../../../src/contracts/commands/tokens.ts'
import { healthItem } from '../../../src/contracts/health.ts'
import { commands } from '../../../src/contracts/ipc.ts'
import { importProblem } from '../../../src/contracts/people-import.ts'
import { policySettings } from '../../../src/contracts/policy.ts'
import { policyProblem, policyWarning } from '../../../src/contracts/policy-findings.ts'
import { action } from '../../../src/contracts/roles.ts'
import {
  emergencyScreen,
  failureCode,
  lockedScreen,
  questionAbout,
  signInMethod,
} from '../../../src/contracts/screen.ts'
import { tokenScopes } from '../../../src/core/token-scopes.ts'
import { areas } from '../../../src/renderer/screens/areas.ts'
import { scan } from '../../../src/ui/messages/en/scan.ts'
import { workstation } from '../../../src/ui/messages/en/workstation.ts'
import { detailNames, eventReasons, eventTypes } from '../../../src/ui/messages/events.ts'
import { partsOf } from './schemas.ts'

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
export const firstRunFields = Object.keys(commands.setUpStation.input.shape)
/** What a key that is put together can become. A new one has to be entered here. */
export const madeKeys: Record<string, readonly string[]> = {
  'said.*': [
    ...loginReasons.filter((reason) => reason !== 'throttled' && !pinReasons.includes(reason)),
    ...lockedScreen.shape.notice.options.filter((notice) => notice !== 'none'),
  ],
  'offer.*': [...offerReasons, ...wordsOf(commands.addPerson.output, '.reason')],
  'scan.ask.notAllowed.*': questionAbout.options,
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
        commands.letInPhone,
        commands.withdrawOffer,
        commands.changeWorkstation,
        commands.makeOffer,
        commands.exportLog,
        commands.exportPeople,
        commands.revokeToken,
        commands.changeBrand,
        commands.bindPhone,
        commands.renewBinding,
        commands.joinHub,
      ].flatMap(({ output }) =>
        wordsOf(output, '.reason').filter((reason) => !['step-up-needed', 'second-needed', 'no-file'].includes(reason)),
      ),
    ),
  ],
  'hub.*': ['online', 'connecting', 'offline', 'near', 'over', 'closed'],
  'hub.join.states.*': wordsOf(commands.readWorkstation.output, '.hub.state'),
  'brand.colour.*': Object.keys(brandColours.shape),
  'brand.low.*': Object.keys(brandColours.shape).filter((name) => name !== 'frame'),
  'scan.camera.*': ['starting', 'reading', 'not-allowed', 'no-camera', 'in-use', 'failed'],
  'scan.partCame.*': ['shown', 'typed', 'sent'],
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
  'tokens.state.*': tokenRow.shape.state.options,
  'tokens.scope.*': tokenScopes.map((scope) => scope.replace('.', '-')),
  'policy.setting.*': Object.keys(policySettings.shape),
  'policy.factor.*': [
    ...policySettings.shape.factors.unwrap().options,
    ...policySettings.shape.firstSignIn.unwrap().options,
    ...policySettings.shape.phoneAnswers.unwrap().options,
    ...policySettings.shape.phoneLocation.unwrap().options,
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
