namespace AgentPay.Web.Configuration;

/// <summary>A setting whose value is never shown: <c>/setup</c> says only whether it is set.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretAttribute : Attribute;
