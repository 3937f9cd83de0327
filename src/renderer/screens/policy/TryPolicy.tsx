// "What would happen to…": the settings for a role or a person, in a group, at a moment of the week, and who decided each.
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonRow } from '../../../contracts/commands/people.ts'
import type { PolicyDocument } from '../../../contracts/policy.ts'
import type { Role } from '../../../contracts/roles.ts'
import { evaluatePolicy } from '../../../core/policy.ts'
import { Field } from '../../../ui/Field.tsx'
import { clockTime } from '../../../ui/time.ts'
import { ask } from '../../state/bridge.ts'
import { minuteOf, type Setting } from '../../state/policyDraft.ts'
import { dayName, rolesWords, valueWords, weekOrder } from '../../state/policyWords.ts'
import { Choice } from './Choice.tsx'
import { roleNames } from './RuleForm.tsx'

export function TryPolicy({ document: policy, group: here }: { document: PolicyDocument; group: string | null }) {
  const { t } = useTranslation()
  const [role, setRole] = useState<Role>('staff')
  const [search, setSearch] = useState('')
  const [group, setGroup] = useState(here ?? '')
  const [day, setDay] = useState(() => String(new Date().getDay()))
  const [time, setTime] = useState(() => clockTime(Date.now()))
  const person = usePerson(search)
  const minuteOfDay = minuteOf(time, 1439)
  const roles = person?.roles ?? [role]
  const decision =
    minuteOfDay === null
      ? null
      : evaluatePolicy(policy, { roles, group: group.trim() || null, weekday: Number(day), minuteOfDay })
  return (
    <section className="panel try">
      <h3>{t('policy.try.heading')}</h3>
      <div className="trio">
        <Choice
          label={t('policy.try.who')}
          value={role}
          options={roleNames.map((each) => ({ value: each, label: t(`people.roleName.${each}`) }))}
          onChange={(value) => setRole(value as Role)}
        />
        <Field
          label={t('policy.try.person')}
          value={search}
          onChange={setSearch}
          maxLength={100}
          help={
            person
              ? `${person.displayName} · ${t('policy.try.roles', { roles: rolesWords(person.roles, t) })}`
              : t(search.trim() === '' ? 'policy.try.personHelp' : 'policy.try.personMissing')
          }
        />
        <Field label={t('policy.try.group')} value={group} onChange={setGroup} maxLength={100} />
        <Choice
          label={t('policy.try.day')}
          value={day}
          options={weekOrder.map((each) => ({ value: String(each), label: dayName(each, 'long') }))}
          onChange={setDay}
        />
        <Field
          label={t('policy.try.time')}
          value={time}
          onChange={setTime}
          maxLength={5}
          error={minuteOfDay === null ? t('policy.wrong.time') : undefined}
        />
      </div>
      {decision && (
        <table aria-label={t('policy.try.heading')}>
          <thead>
            <tr>
              {['setting', 'value', 'decided'].map((column) => (
                <th scope="col" key={column}>
                  {t(`policy.try.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(Object.keys(decision.settings) as Setting[]).map((name) => (
              <tr key={name} data-ruled={decision.because[name] !== null}>
                <th scope="row">{t(`policy.setting.${name}`)}</th>
                <td>{valueWords(name, decision.settings[name], t)}</td>
                <td>{decision.because[name] ?? t('policy.try.itself')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

/** The first who is found; null while nobody is looked for, or where nobody may be seen. */
function usePerson(search: string): PersonRow | null {
  const [person, setPerson] = useState<PersonRow | null>(null)
  const wanted = search.trim()
  useEffect(() => {
    let current = true
    setPerson(null)
    if (wanted !== '')
      void ask('listPeople', { search: wanted, page: 0 }).then((answer) => {
        if (current && answer?.ok) setPerson(answer.people[0] ?? null)
      })
    return () => {
      current = false
    }
  }, [wanted])
  return person
}
