// The theme somebody chose at this station; without a choice the system's wish counts.
const themes = ['dark', 'light', 'contrast']
const key = 'wardkey-theme'

function apply(theme: string): void {
  document.documentElement.dataset.theme = theme
}

export function startTheme(): void {
  const kept = localStorage.getItem(key)
  if (kept !== null && themes.includes(kept)) apply(kept)
}

export function nextTheme(): void {
  const system = matchMedia('(prefers-contrast: more)').matches ? 'contrast' : 'dark'
  const now = themes.indexOf(document.documentElement.dataset.theme ?? system)
  const next = themes[(now + 1) % themes.length] ?? 'dark'
  apply(next)
  localStorage.setItem(key, next)
}
