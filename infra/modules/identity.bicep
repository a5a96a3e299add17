@description('Name of the identity.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

// An identity of its own rather than the app's: its roles are there before the app starts for the first time, and outlive it.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
  tags: tags
}

@description('Id of the resource.')
output id string = identity.id

@description('What roles are given to.')
output principalId string = identity.properties.principalId

@description('What the app names itself with when it asks for tokens.')
output clientId string = identity.properties.clientId
