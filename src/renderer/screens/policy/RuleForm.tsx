// One rule to be changed: its name, for whom, where and when it holds, and what it sets.
import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react'
import { Button, Checkbox } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../contracts/roles.ts'
import { Field } from '../../../ui/Field.tsx'
import type { DraftRule, Wrong } from '../../state/policyDraft.ts'
import { dayName, weekOrder } from '../../state/policyWords.ts'
import { Checks } from './Checks.tsx'
import { RuleSets } from './RuleSets.tsx'
import { Tick } from './Tick.tsx'

export const roleNames: readonly Role[] = ['staff', 'supervisor', 'administrator', 'auditor']

interface RuleFormProps {
  rule: DraftRule
  place: number
  last: boolean
  group: string | null
  wrong: Wrong
  onChange: (rule: DraftRule) => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}

export function RuleForm({ rule, place, last, group, wrong, onChange, onMove, onRemove }: RuleFormProps) {
  const { t } = useTranslation()
  const change = (parts: Partial<DraftRule>) => onChange({ ...rule, ...parts })
  const error = (field: string) => {
    const found = wrong[`rules.${rule.key}.${field}`]
    return found && t(`policy.wrong.${found.key}`, { least: found.least, most: found.most })
  }
  const name = rule.name || String(place + 1)
  const here = group === null ? t('policy.rule.groupNone') : t('policy.rule.groupHere', { group })
  const days = weekOrder.map((day) => ({ value: String(day), label: dayName(day, 'short') }))
  return (
    <li className="panel rule">
      <div className="rule-head">
        <Field
          label={t('policy.rule.name')}
          value={rule.name}
          onChange={(value) => change({ name: value })}
          maxLength={80}
          error={error('name')}
        />
        <Button
          className="button icon"
          aria-label={t('policy.rule.up', { name })}
          isDisabled={place === 0}
          onPress={() => onMove(-1)}
        >
          <ArrowUp aria-hidden="true" />
        </Button>
        <Button
          className="button icon"
          aria-label={t('policy.rule.down', { name })}
          isDisabled={last}
          onPress={() => onMove(1)}
        >
          <ArrowDown aria-hidden="true" />
        </Button>
        <Button className="button icon" aria-label={t('policy.rule.remove', { name })} onPress={onRemove}>
          <Trash2 aria-hidden="true" />
        </Button>
      </div>
      <Checks
        label={t('policy.rule.forRoles')}
        help={t('policy.rule.forRolesHelp')}
        options={roleNames.map((role) => ({ value: role, label: t(`people.roleName.${role}`) }))}
        chosen={rule.roles}
        onChange={(roles) => change({ roles })}
      />
      <Field
        label={t('policy.rule.groups')}
        value={rule.groups}
        onChange={(groups) => change({ groups })}
        help={`${t('policy.rule.groupsHelp')} ${here}`}
        error={error('groups')}
      />
      <Checkbox className="check" isSelected={rule.timed} onChange={(timed) => change({ timed })}>
        <Tick />
        {t('policy.rule.timed')}
      </Checkbox>
      {rule.timed && (
        <>
          <Checks
            label={t('policy.rule.days')}
            options={days}
            chosen={rule.days.map(String)}
            onChange={(chosen) => change({ days: chosen.map(Number) })}
            error={error('days')}
          />
          <div className="pair">
            <Field
              label={t('policy.rule.from')}
              value={rule.from}
              onChange={(from) => change({ from })}
              maxLength={5}
              error={error('from')}
            />
            <Field
              label={t('policy.rule.to')}
              value={rule.to}
              onChange={(to) => change({ to })}
              maxLength={5}
              help={t('policy.rule.toHelp')}
              error={error('to')}
            />
          </div>
        </>
      )}
      <RuleSets rule={rule} wrong={wrong} onChange={(set) => change({ set })} />
    </li>
  )
}
