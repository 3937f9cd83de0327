// The last line before the log file: whatever looks like a secret, a key or a code is taken out.

const patterns: readonly RegExp[] = [
  /otpauth:\/\/\S+/gi,
  /\b(?:[A-Z2-7]{4}[- ]){3,}[A-Z2-7]{4}\b/gi,
  /\b[A-Z2-7]{16,}\b/g,
  /\b[0-9a-f]{24,}\b/gi,
  /[A-Za-z0-9+/_-]{24,}={0,2}/g,
  /\b\d{6,8}\b/g,
]

export const redact = (text: string): string =>
  patterns.reduce((rest, pattern) => rest.replace(pattern, '[redacted]'), text)
