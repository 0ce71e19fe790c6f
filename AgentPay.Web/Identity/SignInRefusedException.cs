namespace AgentPay.Web.Identity;

/// <summary>The ID token of a sign-in does not hold. The message is a kebab-case word for why.</summary>
internal sealed class SignInRefusedException(string refusal) : Exception(refusal);
