metadata description = 'A broker on Azure Functions: app, storage, identity, secrets and telemetry. No key of any account is used.'

@description('Start of the names of all resources: lower-case letters, digits and dashes.')
@minLength(3)
@maxLength(12)
param name string = 'builds'

@description('Region of all resources.')
param location string = resourceGroup().location

@description('Flex Consumption scales to nothing and bills by use; Premium keeps at least one machine running and takes wildcard certificates.')
@allowed([
  'flex'
  'premium'
])
param plan string = 'flex'

@description('Domain whose subdomains are the deployed apps, APP.domain. A wildcard record *.domain leads to the app.')
param sitesDomain string

@description('Address under which people and builders reach the broker, such as https://builds.example.org. Empty: the address that Azure gives the app.')
param brokerUrl string = ''

@description('What the keys that secrets are encrypted with are encrypted with. Whoever loses it loses the secrets. It is kept in the key vault.')
@secure()
@minLength(20)
param secretsPassphrase string

@description('Machines that the app may grow to.')
@minValue(1)
@maxValue(100)
param maximumInstances int = 10

@description('Machines that are kept running, of each group of functions on Flex Consumption. With none the first request after a pause waits for a start.')
@minValue(0)
@maxValue(20)
param alwaysReadyInstances int = 1

@description('How the storage account keeps its copies. Zone redundancy is what a region with zones should have.')
@allowed([
  'Standard_LRS'
  'Standard_ZRS'
  'Standard_GZRS'
])
param storageRedundancy string = 'Standard_ZRS'

@description('Days for which telemetry is kept.')
@minValue(30)
@maxValue(730)
param telemetryDays int = 30

@description('Tags of all resources.')
param tags object = {}

var unique = uniqueString(resourceGroup().id, name)
var appName = 'func-${name}-${unique}'

module identity 'modules/identity.bicep' = {
  params: {
    name: 'id-${name}-${unique}'
    location: location
    tags: tags
  }
}

module storage 'modules/storage.bicep' = {
  params: {
    name: take('st${replace(name, '-', '')}${unique}', 24)
    location: location
    tags: tags
    redundancy: storageRedundancy
    principalId: identity.outputs.principalId
  }
}

module vault 'modules/vault.bicep' = {
  params: {
    name: take('kv${replace(name, '-', '')}${unique}', 24)
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    secretsPassphrase: secretsPassphrase
  }
}

module telemetry 'modules/telemetry.bicep' = {
  params: {
    name: '${name}-${unique}'
    location: location
    tags: tags
    days: telemetryDays
    principalId: identity.outputs.principalId
  }
}

module flex 'modules/flex.bicep' = if (plan == 'flex') {
  params: {
    name: appName
    planName: 'plan-${name}-${unique}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    packageContainer: storage.outputs.packageContainer
    maximumInstances: maximumInstances
    alwaysReadyInstances: alwaysReadyInstances
  }
}

module premium 'modules/premium.bicep' = if (plan == 'premium') {
  params: {
    name: appName
    planName: 'plan-${name}-${unique}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    maximumInstances: maximumInstances
    alwaysReadyInstances: max(alwaysReadyInstances, 1)
  }
}

module settings 'modules/settings.bicep' = {
  params: {
    // One of the two is there; naming its output makes the settings wait for the app.
    appName: plan == 'flex' ? flex!.outputs.name : premium!.outputs.name
    storageName: storage.outputs.name
    identityClientId: identity.outputs.clientId
    telemetryConnection: telemetry.outputs.connection
    sitesDomain: sitesDomain
    brokerUrl: brokerUrl
    passphraseUri: vault.outputs.passphraseUri
    planSettings: plan == 'flex' ? {} : {
      FUNCTIONS_EXTENSION_VERSION: '~4'
      FUNCTIONS_WORKER_RUNTIME: 'dotnet-isolated'
      // Without a shared key there is no file share: the app runs from the package in the container, fetched with the identity.
      WEBSITE_RUN_FROM_PACKAGE: '${storage.outputs.packageContainer}/functions.zip'
      WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID: identity.outputs.id
    }
  }
}

@description('Name of the Functions app, for publishing to it.')
output appName string = appName

@description('Where the app answers before it has a domain of its own.')
output appHost string = plan == 'flex' ? flex!.outputs.host : premium!.outputs.host

@description('Name of the storage account.')
output storageName string = storage.outputs.name

@description('Container that the package of the app is put in; on Premium as functions.zip.')
output packageContainer string = storage.outputs.packageContainer

@description('What a TXT record asuid.domain must say before a domain is taken.')
output domainVerification string = plan == 'flex' ? flex!.outputs.domainVerification : premium!.outputs.domainVerification
