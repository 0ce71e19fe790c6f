namespace AgentPay.Web.Sandbox.Pay;

/// <summary>The check digit of card numbers (ISO/IEC 7812-1).</summary>
public static class Luhn
{
    /// <param name="digits">Only ASCII digits.</param>
    public static bool IsValid(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1) digit *= 2;
            sum += digit > 9 ? digit - 9 : digit;
        }
        return digits.Length > 0 && sum % 10 == 0;
    }
}
