// Every version of the policy, newest first: who set it, when and why; and one of them in words.
import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { PolicyVersionRow } from '../../../contracts/commands/policy.ts'
import type { Output } from '../../../contracts/ipc.ts'
import { dayAndTime, useNow } from '../../../ui/time.ts'
import { ask } from '../../state/bridge.ts'
import type { AreaProps } from '../areas.ts'
import { PolicyWords } from './PolicyWords.tsx'

type Page = Extract<Output<'listPolicyVersions'>, { ok: true }>
type Found = Extract<Output<'readPolicyVersion'>, { ok: true }>

export function PolicyHistory() {
  const { t } = useTranslation()
  const now = useNow()
  const [page, setPage] = useState(0)
  const [list, setList] = useState<Page | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    void ask('listPolicyVersions', { page }).then((answer) => {
      setFailed(!answer?.ok)
      if (answer?.ok) setList(answer)
    })
  }, [page])

  if (failed) return <p className="empty">{t('policy.failed')}</p>
  if (!list) return <p className="waiting">{t('policy.loading')}</p>
  const pages = Math.max(1, Math.ceil(list.total / list.pageSize))
  return (
    <div className="people policy">
      <a className="back" href="#policy">
        {t('policy.heading')}
      </a>
      <h2 className="title">{t('policy.history')}</h2>
      <ul className="versions" aria-label={t('policy.history')}>
        {list.versions.map((version) => (
          <li className="panel" key={version.number}>
            <b>
              {t('policy.version', { version: version.number })}
              {version.number === list.total && <span className="tag">{t('policy.now')}</span>}
            </b>
            <VersionFacts version={version} now={now} />
            <a className="button" href={`#policy-version/${version.number}`}>
              {t('policy.show', { version: version.number })}
            </a>
          </li>
        ))}
      </ul>
      {pages > 1 && (
        <div className="pages">
          <Button className="button" isDisabled={page === 0} onPress={() => setPage(page - 1)}>
            {t('people.previous')}
          </Button>
          <span>{t('people.page', { page: page + 1, pages })}</span>
          <Button className="button" isDisabled={page + 1 >= pages} onPress={() => setPage(page + 1)}>
            {t('people.next')}
          </Button>
        </div>
      )}
    </div>
  )
}

export function PolicyVersion({ argument }: AreaProps) {
  const { t } = useTranslation()
  const now = useNow()
  const [found, setFound] = useState<Found | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    void ask('readPolicyVersion', { number: Number(argument) }).then((answer) => {
      setFailed(!answer?.ok)
      if (answer?.ok) setFound(answer)
    })
  }, [argument])

  if (failed) return <p className="empty">{t('policy.failed')}</p>
  if (!found) return <p className="waiting">{t('policy.loading')}</p>
  return (
    <div className="people policy">
      <a className="back" href="#policy-history">
        {t('policy.history')}
      </a>
      <h2 className="title">{t('policy.version', { version: found.version.number })}</h2>
      <VersionFacts version={found.version} now={now} />
      <PolicyWords document={found.document} />
    </div>
  )
}

function VersionFacts({ version, now }: { version: PolicyVersionRow; now: number }) {
  const { t } = useTranslation()
  if (version.reason === '')
    return (
      <p>
        {t('policy.began')} {dayAndTime(version.atMs, now)}
      </p>
    )
  return (
    <p>
      {dayAndTime(version.atMs, now)} · {version.who ?? t('policy.byIt')} · {version.reason}
    </p>
  )
}
