# Windows 10/11 Enterprise or Education, as administrator: keys that lead out of the station (Keyboard Filter).
# Written from Microsoft's documentation and never run by us. Ctrl+Alt+Del shows a screen of Windows' own; this filter blocks its key.
$ErrorActionPreference = 'Stop'
Enable-WindowsOptionalFeature -Online -NoRestart -FeatureName Client-KeyboardFilter -All | Out-Null
$keys = 'Ctrl+Alt+Del', 'Ctrl+Esc', 'Ctrl+Shift+Esc', 'Alt+Tab', 'Alt+Esc', 'Alt+F4', 'Alt+Space', 'Win', 'Win+L', 'Win+R', 'Win+E',
  'Win+D', 'Win+M', 'Win+U', 'Win+Tab', 'Win+Space', 'LaunchApp1', 'LaunchApp2', 'LaunchMail', 'BrowserHome', 'BrowserSearch'
foreach ($key in $keys) {
  $known = Get-CimInstance -Namespace root\standardcimv2\embedded -ClassName WEKF_PredefinedKey | Where-Object Id -eq $key
  if ($known) { $known.Enabled = $true; Set-CimInstance -InputObject $known } else { Write-Warning "this Windows does not know the key $key" }
}
# An administrator is not locked out.
$setting = Get-CimInstance -Namespace root\standardcimv2\embedded -ClassName WEKF_Settings | Where-Object Name -eq 'DisableKeyboardFilterForAdministrators'
$setting.Value = 'true'
Set-CimInstance -InputObject $setting
