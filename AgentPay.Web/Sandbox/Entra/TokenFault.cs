namespace AgentPay.Web.Sandbox.Entra;

/// <summary>What is wrong with the tokens of a sign-in, so that it can be seen that they are refused.</summary>
public enum TokenFault
{
    None,
    Issuer,
    Audience,
    Key,
    Nonce,
    Expired,
}
