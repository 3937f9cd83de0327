// The way through a list that is longer than a page.
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'

interface PagerProps {
  page: number
  total: number
  pageSize: number
  onTurn: (by: number) => void
}

export function Pager({ page, total, pageSize, onTurn }: PagerProps) {
  const { t } = useTranslation()
  const pages = Math.max(1, Math.ceil(total / Math.max(1, pageSize)))
  if (pages === 1) return null
  return (
    <div className="pages">
      <Button className="button" isDisabled={page === 0} onPress={() => onTurn(-1)}>
        {t('people.previous')}
      </Button>
      <span>{t('people.page', { page: page + 1, pages })}</span>
      <Button className="button" isDisabled={page + 1 >= pages} onPress={() => onTurn(1)}>
        {t('people.next')}
      </Button>
    </div>
  )
}
