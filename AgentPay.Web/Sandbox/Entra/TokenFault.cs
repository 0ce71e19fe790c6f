namespace AgentPay.Web.Sandbox.Entra;

/// <summary>A deviation of the tokens of a sign-in, for testing an application.</summary>
public enum TokenFault
{
    None,
    Issuer,
    Audience,
    Key,
    Nonce,
    Expired,

    // upn instead of preferred_username.
    Upn,

    // Neither preferred_username nor upn. Only oid identifies the person.
    ObjectId,

    // Only email identifies the person.
    Email,

    // No claim identifies the person.
    Nameless,

    // The person is in more groups than fit into a token. The token has a reference instead of the groups, and no app role.
    Overage,

    // The names of 300 groups. The token is larger than 16 KiB.
    Huge,
}
