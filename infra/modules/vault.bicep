@description('Name of the key vault.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('The identity that reads secrets.')
param principalId string

@description('The passphrase of the broker.')
@secure()
param secretsPassphrase string

var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    // What is lost here makes all secrets of the broker unreadable.
    enablePurgeProtection: true
  }

  resource passphrase 'secrets' = {
    name: 'secrets-passphrase'
    properties: {
      value: secretsPassphrase
    }
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, principalId, secretsUser)
  scope: vault
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
  }
}

@description('Address of the passphrase, its newest version.')
output passphraseUri string = vault::passphrase.properties.secretUri
