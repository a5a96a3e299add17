using 'main.bicep'

param name = 'builds'
param plan = 'flex'
param sitesDomain = 'apps.example.org'
param brokerUrl = 'https://builds.example.org'
// Never in a file: az … --parameters main.bicepparam, with the variable set in the shell that calls it.
param secretsPassphrase = readEnvironmentVariable('SECRETS_PASSPHRASE')
