// Starts the window: theme, words, styles, then the screens.
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '@fontsource-variable/inter/index.css'
import '../ui/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/lock.css'
import './styles/pages.css'
import './styles/policy.css'
import './styles/session.css'
import './styles/ways.css'
import './styles/enrollment.css'
import './styles/log.css'
import './styles/workstation.css'
import './styles/emergency.css'
import './styles/text-keys.css'
import './styles/brand.css'
import './styles/scan.css'
import './styles/right-to-left.css'
import { startMessages } from '../ui/i18n.ts'
import { startTheme } from '../ui/theme.ts'
import { App } from './App.tsx'

startTheme()
void startMessages().finally(() => {
  const root = document.getElementById('root')
  if (root)
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    )
})
