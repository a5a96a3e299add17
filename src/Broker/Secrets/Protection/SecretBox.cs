using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace BuildFunctions.Broker.Secrets.Protection;

/// <summary>Encrypts values for one place: what was closed for another place does not open here, so that rows cannot be exchanged.</summary>
public sealed class SecretBox(IDataProtectionProvider protection)
{
    public byte[] Close(string place, string value) => Of(place).Protect(Encoding.UTF8.GetBytes(value));

    public string Open(string place, byte[] closed) => Encoding.UTF8.GetString(Of(place).Unprotect(closed));

    private IDataProtector Of(string place) => protection.CreateProtector("BuildFunctions.Secrets", place);
}
