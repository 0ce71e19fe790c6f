namespace AgentPay.Web.Configuration;

/// <summary>Regular expressions that several options share, with examples for their messages.</summary>
internal static class Pattern
{
    public const string Guid = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    public const string SomeGuid = "11111111-2222-3333-4444-555555555555";

    /// <summary>What follows the two letters of one of Twilio's SIDs.</summary>
    public const string Sid = "[0-9a-fA-F]{32}";
    public const string SomeSid = "0123456789abcdef0123456789abcdef";
}
