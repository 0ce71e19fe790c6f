namespace AgentPay.Web.Twilio;
public readonly record struct PaymentSid(string Value) { public override string ToString() => Value; }
public readonly record struct CallSid(string Value) { public override string ToString() => Value; }
public static class CaptureFields { public static string Wire(this CaptureField f) => System.Text.RegularExpressions.Regex.Replace(f.ToString(), "(?<!^)([A-Z])", "-$1").ToLowerInvariant(); }
