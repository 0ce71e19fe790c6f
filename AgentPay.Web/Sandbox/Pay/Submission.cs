using AgentPay.Web.Sandbox.Gateway;

namespace AgentPay.Web.Sandbox.Pay;

/// <summary>What goes to the connector when a session is completed.</summary>
public static class Submission
{
    /// <summary>How the payment ends without the connector being asked; null when it is to be asked. Connectors in TEST mode take test numbers only.</summary>
    public static PayResult? EndEarly(CapturedFields fields)
    {
        var card = fields[PayField.CardNumber];
        var testNumber = card is not null ? TestCards.FindCard(card) : TestCards.FindBankAccount(fields[PayField.BankAccountNumber]!);
        return testNumber switch
        {
            null when card is not null => PayResult.Failed(new(null, "In TEST mode only the test cards are accepted.", 64022)),
            null => PayResult.Failed(new(null, "In TEST mode only the test bank accounts are accepted.", 64023)),
            { Behaviour: TestBehaviour.InternalErrorAtSubmission } => PayResult.InternalError,
            _ => null,
        };
    }

    public static ConnectorRequest Request(CreatePayment terms, CapturedFields fields)
    {
        var expiry = fields[PayField.ExpirationDate];
        return new()
        {
            Method = terms.IsCharge ? "charge" : "tokenize",
            Cardnumber = fields[PayField.CardNumber],
            Cvv = fields[PayField.SecurityCode],
            ExpiryMonth = expiry?[..2],
            ExpiryYear = expiry?[2..],
            PostalCode = fields[PayField.PostalCode],
            Bankaccountnumber = fields[PayField.BankAccountNumber],
            Routingnumber = fields[PayField.BankRoutingNumber],
            Description = terms.Description,
            Amount = terms.IsCharge ? terms.Currency.Format(terms.Amount) : null,
            CurrencyCode = terms.IsCharge ? terms.Currency.Code : null,
            Parameters = terms.Parameters.Count > 0 ? terms.Parameters : null,
        };
    }

    /// <summary>Never throws: whatever happens, a session ends and says so.</summary>
    public static async Task<PayResult> SendAsync(Connector connector, ConnectorRequest request, PayServices services, CancellationToken closing)
    {
        try
        {
            return PayResult.Of(await services.Connectors.SubmitAsync(connector, request, closing), request.IsCharge);
        }
        catch (Exception failed)
        {
            if (!closing.IsCancellationRequested) PayLog.SubmissionFailed(services.Logger, request.TransactionId, failed);
            return PayResult.InternalError;
        }
    }
}
