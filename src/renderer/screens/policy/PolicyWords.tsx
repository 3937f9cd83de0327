// A whole policy in words: settings, rules, who may do what, what takes two people, and the codes of new phones.
import { useTranslation } from 'react-i18next'
import type { PolicyDocument } from '../../../contracts/policy.ts'
import type { Action } from '../../../contracts/roles.ts'
import type { Setting } from '../../state/policyDraft.ts'
import {
  approvalsWords,
  codesWords,
  durationWords,
  rolesWords,
  setWords,
  valueWords,
  whenWords,
} from '../../state/policyWords.ts'

export function PolicyWords({ document: policy }: { document: PolicyDocument }) {
  const { t } = useTranslation()
  const { settings, rules, grants, freshFor, approvals, totp } = policy
  return (
    <>
      <section className="panel">
        <h3>{t('policy.settings')}</h3>
        <dl className="said-settings">
          {(Object.keys(settings) as Setting[]).map((name) => (
            <div key={name}>
              <dt>{t(`policy.setting.${name}`)}</dt>
              <dd>{valueWords(name, settings[name], t)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="panel">
        <h3>{t('policy.rules')}</h3>
        <p>{t(rules.length > 0 ? 'policy.rulesHelp' : 'policy.noRules')}</p>
        {rules.length > 0 && (
          <ol className="rules" aria-label={t('policy.rules')}>
            {rules.map((rule) => (
              <li key={rule.name}>
                <b>{rule.name}</b>
                <small>{whenWords(rule.when, t)}</small>
                <span>{setWords(rule.set, t)}</span>
              </li>
            ))}
          </ol>
        )}
      </section>
      <section className="panel">
        <h3>{t('policy.grants')}</h3>
        <dl className="said-settings">
          {(Object.keys(grants) as Action[]).map((action) => {
            const ms = freshFor[action]
            return (
              <div key={action}>
                <dt>{t(`policy.actionName.${action}`)}</dt>
                <dd>
                  {rolesWords(grants[action], t)}
                  {ms !== undefined && <small>{t('policy.freshLine', { time: durationWords(ms, t) })}</small>}
                </dd>
              </div>
            )
          })}
        </dl>
      </section>
      <section className="panel">
        <h3>{t('policy.approvals')}</h3>
        <p className="next">{approvalsWords(approvals, t)}</p>
        <p>{t('policy.approvalsHelp')}</p>
      </section>
      <section className="panel">
        <h3>{t('policy.codes')}</h3>
        <p className="next">{codesWords(totp, t)}</p>
        <p>{t('policy.codesHelp')}</p>
      </section>
    </>
  )
}
