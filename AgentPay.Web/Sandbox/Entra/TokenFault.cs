namespace AgentPay.Web.Sandbox.Entra;

/// <summary>What is unusual or wrong about the tokens of a sign-in, so that an application can be tried with it.</summary>
public enum TokenFault
{
    None,
    Issuer,
    Audience,
    Key,
    Nonce,
    Expired,

    /// <summary>No preferred_username, but a upn.</summary>
    Upn,

    /// <summary>Neither preferred_username nor upn: oid alone names the person.</summary>
    ObjectId,

    /// <summary>No claim that names the person, except the email.</summary>
    Email,

    /// <summary>No claim that names the person at all.</summary>
    Nameless,

    /// <summary>The person is in more groups than a token can hold: a reference in place of them, and no app role.</summary>
    Overage,

    /// <summary>The names of 300 groups, which make the token larger than 16 KiB.</summary>
    Huge,
}
