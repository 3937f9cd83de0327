// Starts the page: words, styles, the service worker, then the screens.
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../ui/tokens.css'
import './phone.css'
import { App } from './App.tsx'
import { readAddress } from './address.ts'
import { startWords } from './messages.ts'

// Before anything else: what the code said stays neither in the address nor in the history.
const opened = readAddress()

void startWords().finally(() => {
  const root = document.getElementById('root')
  if (root)
    createRoot(root).render(
      <StrictMode>
        <App opened={opened} />
      </StrictMode>,
    )
})

if (import.meta.env.PROD && 'serviceWorker' in navigator && window.top === window.self)
  void navigator.serviceWorker.register('./service-worker.js', { scope: './' })
