namespace AgentPay.Web.Identity;

/// <summary>A sign-in that cannot be completed, or a token that is refused. The message is one of the codes of <see cref="EntraTokens"/>.</summary>
internal sealed class SignInRefusedException(string code) : Exception(code);
