@description('Name of the app.')
param appName string

@description('Name of the storage account.')
param storageName string

@description('Client id of the identity that the app runs as.')
param identityClientId string

@description('Where telemetry is sent.')
param telemetryConnection string

@description('Domain whose subdomains are the deployed apps.')
param sitesDomain string

@description('Address of the broker; empty: the one that Azure gives the app.')
param brokerUrl string

@description('Where in the key vault the passphrase is.')
param passphraseUri string

@description('Settings that only this plan asks for.')
param planSettings object

resource app 'Microsoft.Web/sites@2024-04-01' existing = {
  name: appName
}

resource settings 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: app
  name: 'appsettings'
  properties: union(planSettings, {
    AzureWebJobsStorage__accountName: storageName
    AzureWebJobsStorage__credential: 'managedidentity'
    AzureWebJobsStorage__clientId: identityClientId
    APPLICATIONINSIGHTS_CONNECTION_STRING: telemetryConnection
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
    Broker__Url: empty(brokerUrl) ? 'https://${app.properties.defaultHostName}' : brokerUrl
    Sites__Domain: sitesDomain
    Secrets__Passphrase: '@Microsoft.KeyVault(SecretUri=${passphraseUri})'
  })
}
