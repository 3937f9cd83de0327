// The link that joins a hub: typed, pasted, or read off another screen with the camera.
import { Camera } from 'lucide-react'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/Field.tsx'
import { useHasCamera } from '../../ui/scanner/useHasCamera.ts'
import { CameraPanel } from './CameraPanel.tsx'

interface JoinLinkProps {
  link: string
  onLink: (link: string) => void
  error?: string | undefined
}

/** What a camera may see beside it is no link. */
const isLink = (text: string): boolean => /\/v1\/[a-z0-9-]+\/join#/.test(text)

export function JoinLink({ link, onLink, error }: JoinLinkProps) {
  const { t } = useTranslation()
  const [looking, setLooking] = useState(false)
  const hasCamera = useHasCamera()
  function read(text: string): void {
    if (!isLink(text)) return
    setLooking(false)
    onLink(text)
  }
  return (
    <div className="join-link">
      <Field label={t('hub.join.link')} help={t('hub.join.linkHelp')} value={link} onChange={onLink} error={error} />
      {looking && <CameraPanel use="link" onRead={read} onClose={() => setLooking(false)} />}
      {hasCamera && !looking && (
        <Button className="button" onPress={() => setLooking(true)}>
          <Camera aria-hidden="true" />
          {t('hub.join.byCamera')}
        </Button>
      )}
    </div>
  )
}
